// npm run bundle: writes dist/destination.js, the file to paste into Segment's editor.
import path from 'node:path';
import { writeBundle } from './bundle/bundle';
import { createCommand, runCommand } from './cli/command';
import { BUNDLE } from './cli/project';

async function run(): Promise<void> {
  const code = await writeBundle();
  console.log(`${path.relative('', BUNDLE)}: ${(Buffer.byteLength(code) / 1024).toFixed(1)} KB`);
}

void runCommand(
  createCommand(
    'npm run bundle',
    "Writes the function's file and calls its handlers as Segment does.",
  ).action(run),
);
