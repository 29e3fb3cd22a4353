// A whole file of events: dropped or chosen, read, and reported on.
import { useRef, useState } from 'preact/hooks';
import { visible } from '../../../cli/visible';
import type { FileReport, State } from '../../api';
import { describeError, dropEvents, makeReport } from '../common/client';
import { useDrop } from './drop';
import { count, ReportView } from './report';

interface Props {
  readonly state: State;
  /** Shows this panel. */
  readonly open: () => void;
  /** Opens an event in Try. */
  readonly openEvent: (json: string, from: string) => void;
}

export function FilePanel({ state, open }: Props) {
  const [file, setFile] = useState<File>();
  const [isReading, setIsReading] = useState(false);
  const [result, setResult] = useState<FileReport>();
  const [problem, setProblem] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  useDrop((files) => {
    open();
    take(files);
  });

  /** Puts the file's name into the input, wherever the file came from. */
  function show(shown: File | undefined): void {
    const transfer = new DataTransfer();
    if (shown !== undefined) transfer.items.add(shown);
    if (input.current !== null) input.current.files = transfer.files;
  }

  function take([first, ...others]: readonly File[]): void {
    if (first === undefined) return;
    if (isReading && file !== undefined) {
      setRefusal(`${first.name} was not read: ${file.name} is still being read. Choose it again afterwards.`);
      show(file);
      return;
    }
    setRefusal(
      others.length === 0
        ? undefined
        : `One file at a time: ${first.name} is read, ${others.map(({ name }) => name).join(', ')} ${others.length === 1 ? 'is' : 'are'} not.`,
    );
    show(first);
    void read(first);
  }

  async function read(next: File): Promise<void> {
    setFile(next);
    setIsReading(true);
    setProblem(undefined);
    setResult(undefined);
    try {
      await dropEvents(next);
      const found = await makeReport();
      setProblem(found.problem);
      if (found.report.events > 0) setResult(found);
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setIsReading(false);
    }
  }

  const name = file?.name ?? '';
  return (
    <>
      <p class="lead">A month of events: what would TikTok get from it? The file stays on this machine.</p>
      <label class="drop">
        <span>
          <strong>Drop a file of events, or choose one</strong>
          <small class="muted">
            A JSON array, or one event a line; gzipped or not. It may be dropped anywhere on the page. The
            function&apos;s settings are used.
          </small>
        </span>
        <input
          ref={input}
          type="file"
          accept=".json,.jsonl,.ndjson,.gz,application/json"
          onClick={() => {
            // Otherwise the same file could not be chosen again after it was fixed.
            show(undefined);
          }}
          onCancel={() => {
            show(file);
          }}
          onChange={({ currentTarget }) => {
            take([...(currentTarget.files ?? [])]);
          }}
        />
      </label>
      {refusal !== undefined && (
        <p class="notice bad" role="alert">
          {visible(refusal)}
        </p>
      )}
      <div role="status">
        {isReading && (
          <p class="muted">
            Reading {visible(name)}… {state.surveyed > 0 && `${count(state.surveyed)} events so far`}
          </p>
        )}
        {result !== undefined && (
          <h3>
            {visible(name)}: {count(result.report.events)} {result.report.events === 1 ? 'event' : 'events'}
          </h3>
        )}
      </div>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {visible(problem)}
          {result !== undefined && ' The report covers the events before that.'}
        </p>
      )}
      {result !== undefined && <ReportView report={result.report} />}
    </>
  );
}
