// npm start: runs events through the bundle in a local Segment against a local TikTok, and shows what became of each.
import path from 'node:path';
import { Argument, Command, Option } from 'commander';
import colors from 'picocolors';
import { readSettings, SETTINGS } from '../lib/settings';
import { version } from '../package.json';
import { BUNDLE, writeBundle } from './bundle';
import { InputError, readEvents, readSettingsFile } from './input';
import { describeEvent, describeSummary, nameOf } from './report';
import { createRuntime } from './segment/runtime';
import { HOST, startTikTok } from './tiktok/server';

const EXAMPLES = path.join(__dirname, '../examples');

async function run(file: string, settingsFile: string): Promise<void> {
  const events = await readEvents(file);
  const settings = await readSettingsFile(settingsFile);
  const code = await writeBundle();
  const show = (name: string) => path.relative(process.env['INIT_CWD'] ?? '', name);
  console.log(
    [
      `${colors.bold('TikTok Offline Conversions')} ${version}: ${show(BUNDLE)}, ${(code.length / 1024).toFixed(1)} KB`,
      `${show(file)} with the settings of ${show(settingsFile)}, in a local Segment against a local TikTok.`,
      'Nothing leaves this machine.',
      ...unknownSettings(settings).map((name) => colors.yellow(`Not a setting, and not read: ${name}`)),
      '',
    ].join('\n'),
  );

  // The local TikTok knows the token and the event set of these settings, whatever they are.
  const read = readSettings(settings);
  const known = 'kind' in read ? { accessToken: '', eventSetId: '' } : read;
  const tiktok = await startTikTok({ token: known.accessToken, eventSetId: known.eventSetId });
  try {
    const segment = createRuntime({ code, routes: { [HOST]: tiktok.route } });
    const calls = [];
    for (const event of events) {
      const requests = tiktok.requests.length;
      const counted = tiktok.counted.length;
      const call = await segment.send(event, settings);
      calls.push(call);
      console.log(
        describeEvent(nameOf(event), call, tiktok.requests.slice(requests), tiktok.counted.slice(counted)),
      );
    }
    console.log(describeSummary(calls, tiktok));
  } finally {
    await tiktok.close();
  }
}

/** Names in a settings file that are no setting: Segment would not have them, and the function does not read them. */
function unknownSettings(settings: object): readonly string[] {
  const known = SETTINGS.map(({ name }) => name.toLowerCase());
  return Object.keys(settings).filter((name) => !known.includes(name.toLowerCase()));
}

/** A file as it is named where the command was typed: npm runs it in the project's folder. */
const fromHere = (file: string): string => path.resolve(process.env['INIT_CWD'] ?? '', file);

const command = new Command('npm start --')
  .description('Runs Segment events through the function on this machine and shows what TikTok would get.')
  .addArgument(
    new Argument('[file]', 'Segment events: one, a JSON array, or one a line')
      .default(path.join(EXAMPLES, 'events.json'), 'examples/events.json')
      .argParser(fromHere),
  )
  .addOption(
    new Option('--settings <file>', "the function's settings, a JSON object by their names")
      .default(path.join(EXAMPLES, 'settings.json'), 'examples/settings.json')
      .argParser(fromHere),
  )
  .showSuggestionAfterError(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(async (file: string, options: { settings: string }) => {
    await run(file, options.settings);
  });

// A reader that has seen enough, such as `head`, closes the pipe.
process.stdout.on('error', () => process.exit(0));

command.parseAsync().catch((error: unknown) => {
  if (!(error instanceof InputError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
});
