// npm run tester in a process of its own.
import { startCommand, type Command, type CommandOptions } from '../../support/command';

export interface TesterProcess {
  /** The link that it prints. */
  readonly url: URL;
  readonly command: Command;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the compiled command on a free port, and waits for its link.
 *
 * @param args besides the port.
 */
export async function startTester(
  options?: CommandOptions,
  args: readonly string[] = [],
): Promise<TesterProcess> {
  const command = startCommand('tester', ['--port', '0', ...args], options);
  const url = await new Promise<URL>((resolve, reject) => {
    command.process.stdout.on('data', () => {
      const [link] = /http:\/\/127\.0\.0\.1:\d+\//.exec(command.output().stdout) ?? [];
      if (link !== undefined) resolve(new URL(link));
    });
    command.ended.then(({ stderr }) => {
      reject(new Error(`npm run tester printed no link: ${stderr}`));
    }, reject);
  });
  return {
    url,
    command,
    async stop() {
      command.process.kill();
      await command.ended;
    },
  };
}
