// npm run screenshot: the pictures of the tester page in the README.
import { defineConfig } from '@playwright/test';
import config from './playwright.config';

export default defineConfig(config, {
  testMatch: 'screenshot.ts',
  use: { viewport: { width: 1440, height: 900 } },
});
