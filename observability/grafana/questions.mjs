// What several dashboards ask for in the same way.
import { ask } from './grafana.mjs';

/** Requests to place an order. */
export const PLACING = 'application="order-service", method="POST", uri="/orders"';

export const rate = (series) => `rate(${series}[$__rate_interval])`;

/** Of a histogram: by these labels, the time that so many of a hundred stay under. */
export const percentile = (percent, histogram, ...by) =>
  `histogram_quantile(${percent / 100}, sum by (${['le', ...by].join(', ')}) (${rate(histogram)}))`;

/** Half of them, and the slowest of a hundred. */
export const slowest = (histogram, legend, ...by) =>
  [50, 99].map((percent) => ask(percentile(percent, histogram, ...by), `p${percent}${legend && ' ' + legend}`));
