// A report as a page of its own: one file without scripts, which asks no other one for anything.
import { renderToString } from 'preact-render-to-string';
import { visible } from '../../../cli/visible';
import { countOf } from '../../../report/count';
import type { SharedReport } from '../../api';
import { describeEarlyEnd } from '../../words';
import { ReportView } from './report';

/** The widths and heights of bars are styles of their elements. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** @param style the text of the style sheet. */
export const renderShared = (shared: SharedReport, style: string): string =>
  `<!doctype html>\n${renderToString(<SharedPage shared={shared} style={style} />)}\n`;

interface Props {
  readonly shared: SharedReport;
  readonly style: string;
}

function SharedPage({ shared, style }: Props) {
  const { files, report, problem, settings, at, version, isInterrupted } = shared;
  const names = visible(files.join(', '));
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${countOf(report.events, 'event')} of ${names}`}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main class="shared report stack">
          <div>
            <p class="muted">TikTok Offline Conversions</p>
            <h1>What happens to {countOf(report.events, 'event')}</h1>
            <p class="muted">
              {names}, with the settings of {visible(settings)}. Made on{' '}
              <time dateTime={at}>{at.slice(0, 'yyyy-mm-dd'.length)}</time> by version {version}.
            </p>
          </div>
          {isInterrupted && (
            <p class="notice wait">Interrupted: this is the report of the events until then.</p>
          )}
          {problem !== undefined && <p class="notice bad">{visible(describeEarlyEnd(problem))}</p>}
          <h2 class="hidden">Report</h2>
          <ReportView report={report} />
        </main>
      </body>
    </html>
  );
}
