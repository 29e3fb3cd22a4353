// Jest's global set-up: makes the bundle that the tests run, which is the one that ships.
import { writeBundle } from '../../scripts/bundle';

export default async function setUp(): Promise<void> {
  await writeBundle();
}
