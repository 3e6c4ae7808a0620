// What the pages can do more with a script: times in the reader's zone, and charts that zoom.
const pad = (number) => String(number).padStart(2, '0');

for (const element of document.querySelectorAll('time[datetime]')) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime())) continue;
  element.title = element.textContent;
  element.textContent = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

const memory = (kb) =>
  kb >= 1048576 ? `${(kb / 1048576).toFixed(1)} GiB` : `${Math.round(kb / 1024)} MiB`;

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { line: of('--line'), soft: of('--soft'), ink: (index) => of(`--ink-${index % 6}`) };
}

function seriesOf({ kind, series }, ink) {
  return series.map(({ name }, index) => ({
    label: name,
    stroke: ink(index),
    fill: kind === 'bars' ? ink(index) : undefined,
    width: kind === 'lanes' ? 0 : 2,
    paths:
      kind === 'bars'
        ? uPlot.paths.bars({ size: [0.9, 40] })
        : kind === 'lanes'
          ? () => null
          : undefined,
    points: { show: kind === 'lanes', size: 10, fill: ink(index) },
    spanGaps: kind === 'lines',
    value: (_chart, value) =>
      value === null || value === undefined ? '–' : kind === 'lines' ? memory(value) : value,
  }));
}

function draw(figure) {
  const chart = JSON.parse(figure.dataset.chart);
  const place = figure.querySelector('.drawing');
  const { line, soft, ink } = colours();
  const axis = { stroke: soft, grid: { stroke: line }, ticks: { stroke: line } };
  const lanes = chart.lanes;
  const height = lanes ? 80 + lanes.length * 30 : 240;
  const range = lanes ? [lanes.length - 0.5, -0.5] : [0, chart.top * 1.05];
  const words = {
    lane: (_plot, ticks) => ticks.map((tick) => lanes[tick] ?? ''),
    kB: (_plot, ticks) => ticks.map(memory),
    count: (_plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? tick : '')),
  }[chart.unit];
  const options = {
    width: place.clientWidth,
    height,
    legend: { show: !lanes },
    cursor: { drag: { x: true, y: false } },
    scales: { y: { range } },
    series: [{}, ...seriesOf(chart, ink)],
    axes: [
      axis,
      {
        ...axis,
        size: 110,
        values: words,
        ...(lanes && { splits: () => lanes.map((_name, lane) => lane) }),
      },
    ],
  };
  place.replaceChildren();
  const plot = new uPlot(
    options,
    [chart.times, ...chart.series.map(({ values }) => values)],
    place,
  );
  const label = document.createElement('p');
  label.className = 'none';
  label.textContent = 'Drag to zoom in, double-click to zoom out.';
  place.append(label);
  addEventListener('resize', () => plot.setSize({ width: place.clientWidth, height }));
}

for (const figure of document.querySelectorAll('figure[data-chart]'))
  if (typeof uPlot === 'function' && JSON.parse(figure.dataset.chart).times.length > 1) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Zoom';
    button.addEventListener('click', () => {
      button.remove();
      draw(figure);
    });
    figure.append(button);
  }
