// A bar chart, drawn by Chart.js, with the same numbers in a table.
// Chart.js, "Bar Chart": https://www.chartjs.org/docs/latest/charts/bar.html
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as BarChart,
  Legend,
  LinearScale,
  Tooltip,
} from 'chart.js';
import { useEffect, useRef, useState } from 'preact/hooks';

BarChart.register(BarController, BarElement, CategoryScale, LinearScale, Legend, Tooltip);

type Tone = 'good' | 'bad' | 'wait' | 'quiet' | 'accent';

export interface ChartData {
  readonly label: string;
  readonly tone: Tone;
  /** One for each label of the chart. */
  readonly values: readonly number[];
}

interface Props {
  readonly title: string;
  readonly unit: string;
  readonly labels: readonly string[];
  readonly data: readonly ChartData[];
  readonly isStacked?: boolean;
  readonly isHorizontal?: boolean;
  readonly max?: number;
}

/** A colour of the style sheet, in the current colour scheme. */
function colourOf(canvas: HTMLElement, name: string): string {
  const before = canvas.style.color;
  canvas.style.color = `var(--${name})`;
  const colour = getComputedStyle(canvas).color;
  canvas.style.color = before;
  return colour;
}

function useIsDark(): boolean {
  const [isDark, setIsDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => {
      setIsDark(media.matches);
    };
    media.addEventListener('change', changed);
    return () => {
      media.removeEventListener('change', changed);
    };
  }, []);
  return isDark;
}

/** Pixels of a line of a label, and of a bar beyond it. */
const LINE_HEIGHT = 15;
const BAR_GAP = 12;
const AXIS = 40;
/** Pixels of a bar at most, if the chart is higher than its labels need. */
const THICKEST = 28;
/** Characters of a line of a label. */
const LINE = 20;

export function Chart({ title, unit, labels, data, isStacked = false, isHorizontal = false, max }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = useIsDark();

  const height = labels.reduce((sum, label) => sum + wrap(label).length * LINE_HEIGHT + BAR_GAP, AXIS);

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const text = colourOf(element, 'text');
    const line = colourOf(element, 'line');
    const values = { beginAtZero: true, grid: { color: line }, ticks: { color: text, precision: 0 } };
    const valueScale = { ...values, stacked: isStacked, ...(max !== undefined && { max }) };
    const labelScale = {
      stacked: isStacked,
      grid: { display: false },
      ticks: { color: text, autoSkip: !isHorizontal, maxRotation: 0 },
    };
    const chart = new BarChart(element, {
      type: 'bar',
      data: {
        labels: labels.map((label) => (isHorizontal ? wrap(label) : label)),
        datasets: data.map(({ label, tone, values: numbers }) => ({
          label,
          data: [...numbers],
          backgroundColor: colourOf(element, `${tone}-fill`),
          borderRadius: isStacked ? 0 : 4,
          barPercentage: isStacked ? 1 : 0.8,
          categoryPercentage: isStacked ? 0.95 : 0.8,
          ...(isHorizontal && { maxBarThickness: THICKEST }),
        })),
      },
      options: {
        indexAxis: isHorizontal ? 'y' : 'x',
        animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? false : { duration: 300 },
        maintainAspectRatio: false,
        font: { family: getComputedStyle(element).fontFamily },
        scales: isHorizontal ? { x: valueScale, y: labelScale } : { x: labelScale, y: valueScale },
        plugins: {
          legend: { display: data.length > 1, position: 'bottom', labels: { color: text, boxWidth: 12 } },
        },
      },
    });
    return () => {
      chart.destroy();
    };
    // The arrays are new at each render: only their content counts.
  }, [JSON.stringify([labels, data]), isDark]);

  return (
    <figure class="card chart">
      <figcaption>
        <strong>{title}</strong> <small class="muted">{unit}</small>
      </figcaption>
      <div class="canvas" style={{ minHeight: isHorizontal ? `${height}px` : '16rem' }}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${title}, ${unit}; the numbers are in the table below`}
        />
      </div>
      <details>
        <summary>
          As a table<span class="hidden">: {title}</span>
        </summary>
        <div class="scroll" tabIndex={0} role="group" aria-label={`Table: ${title}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">{isStacked ? 'Events' : 'Name'}</th>
                {data.map(({ label }) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels.map((label, index) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {data.map(({ label: of, values }) => (
                    <td key={of}>{(values[index] ?? 0).toLocaleString('en')}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** A long label on several lines. */
function wrap(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= LINE) lines.push(word);
    else lines.splice(-1, 1, `${last} ${word}`);
  }
  return lines;
}
