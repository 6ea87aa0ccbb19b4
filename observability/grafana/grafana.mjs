// What Grafana wants to be told of a dashboard, from what a person wants to say of it. Nothing here knows what is shown.

const METRICS = { type: 'prometheus', uid: 'waybill-metrics' };
const WIDTH = 24;
const HEIGHTS = { stat: 4, timeseries: 8, table: 9 };

/** A question to Prometheus, and what each answer is called: a text with {{label}}s. */
export const ask = (expr, legend = '') => ({ expr, legend });

/** One figure for each answer, as it is now. */
export const stat = (title, description, options, ...questions) => panel('stat', title, description, options, questions);

/** Answers over time. */
export const graph = (title, description, options, ...questions) => panel('timeseries', title, description, options, questions);

/** Answers as they are now, a row each. */
export const table = (title, description, options, ...questions) => panel('table', title, description, options, questions);

/** A choice above the dashboard, of the values that a label has. */
export const choice = (name, label, metric, of, { several = true } = {}) => ({
  name,
  label,
  type: 'query',
  datasource: METRICS,
  definition: `label_values(${metric}, ${of})`,
  query: { query: `label_values(${metric}, ${of})`, refId: name },
  refresh: 2,
  sort: 1,
  multi: several,
  includeAll: several,
  ...(several ? { allValue: '.*', current: { text: 'All', value: '$__all' } } : {}),
});

/**
 * @param options.unit       as Grafana names it
 * @param options.thresholds from where on it is worrying, and from where on bad; one figure where there is only bad, none where more is
 *                           neither better nor worse
 * @param options.below      it is the small figures that are bad
 * @param options.to         what stands behind it: links, each { title, url }
 */
function panel(type, title, description, { unit, thresholds, below = false, stacked = false, to }, questions) {
  if (!title || !description || !unit || !thresholds || !to?.length || !questions.length) {
    throw new Error(`A panel needs title, description, unit, thresholds, links and questions: ${title}`);
  }
  return {
    type,
    title,
    description,
    datasource: METRICS,
    links: to.filter(({ url }) => !url.includes('__field')),
    fieldConfig: {
      defaults: {
        unit,
        min: unit === 'percentunit' || below ? 0 : undefined,
        thresholds: { mode: 'absolute', steps: steps(thresholds, below) },
        links: to,
        custom:
          type !== 'timeseries'
            ? undefined
            : {
                fillOpacity: stacked ? 30 : 5,
                showPoints: 'never',
                stacking: { mode: stacked ? 'normal' : 'none' },
                thresholdsStyle: { mode: thresholds.length ? 'dashed' : 'off' },
              },
      },
      overrides: [],
    },
    options:
      type === 'stat'
        ? { colorMode: thresholds.length ? 'background' : 'value', graphMode: 'area', reduceOptions: { calcs: ['lastNotNull'] } }
        : type === 'timeseries'
          ? { legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] }, tooltip: { mode: 'multi', sort: 'desc' } }
          : { cellHeight: 'sm' },
    targets: questions.map(({ expr, legend }, n) => ({
      refId: String.fromCharCode(65 + n),
      datasource: METRICS,
      expr,
      legendFormat: legend || '__auto',
      ...(type === 'table' ? { format: 'table', instant: true } : {}),
    })),
  };
}

function steps(thresholds, below) {
  if (!thresholds.length) {
    return [{ color: 'blue', value: null }];
  }
  const [worrying, bad] = thresholds.length === 1 ? [null, thresholds[0]] : thresholds;
  return below
    ? [{ color: 'red', value: null }, ...(worrying === null ? [] : [{ color: 'orange', value: bad }]), { color: 'green', value: worrying ?? bad }]
    : [{ color: 'green', value: null }, ...(worrying === null ? [] : [{ color: 'orange', value: worrying }]), { color: 'red', value: bad }];
}

/** @param rows titles, each with the panels that stand under it; they share the width */
export function dashboard({ uid, title, description, choices = [], links, rows }) {
  const panels = [];
  let y = 0;
  const add = (of) => panels.push({ id: panels.length + 1, ...of });
  for (const [heading, ...under] of rows) {
    add({ type: 'row', title: heading, collapsed: false, gridPos: { x: 0, y, w: WIDTH, h: 1 }, panels: [] });
    y += 1;
    for (const line of lines(under)) {
      const h = Math.max(...line.map(({ type }) => HEIGHTS[type]));
      line.forEach((one, n) => add({ ...one, gridPos: { x: (n * WIDTH) / line.length, y, w: WIDTH / line.length, h } }));
      y += h;
    }
  }
  return {
    uid,
    title,
    description,
    tags: ['waybill'],
    schemaVersion: 39,
    editable: false,
    refresh: '15s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'browser',
    graphTooltip: 1,
    links,
    templating: { list: choices },
    panels,
  };
}

/** Figures up to six in a line, everything else up to three, and never both in one. */
function lines(panels) {
  const all = [];
  for (const one of panels) {
    const last = all.at(-1);
    const most = one.type === 'stat' ? 6 : 3;
    if (last && (last[0].type === 'stat') === (one.type === 'stat') && last.length < most) {
      last.push(one);
    } else {
      all.push([one]);
    }
  }
  // 24 divides by 1, 2, 3, 4 and 6: five figures stand as three and two.
  return all.flatMap((line) => (line.length === 5 ? [line.slice(0, 3), line.slice(3)] : [line]));
}
