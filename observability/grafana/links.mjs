// Where a panel leads to: to the dashboard behind it, to traces, to the console where something can be done.

const CONSOLE = 'http://localhost:8080';
const TIME = '${__url_time_range}';

const board = (title, uid, choice = '') => ({ title, url: `/d/${uid}?${choice && choice + '&'}${TIME}` });

export const platform = board('Platform overview', 'waybill-platform');
export const lag = board('Consumer lag', 'waybill-lag');
export const sagas = board('Saga flow', 'waybill-sagas');
export const outbox = board('Outbox and relay', 'waybill-outbox');
export const business = board('Business', 'waybill-business');
export const service = (name) => board(name, 'waybill-service', `var-service=${name}`);

/** Of what was clicked at. */
export const itsService = board('This service', 'waybill-service', 'var-service=${__field.labels.application}');
export const itsOutbox = board('Its outbox', 'waybill-outbox', 'var-service=${__field.labels.application}');
export const itsLag = board('This group', 'waybill-lag', 'var-group=${__field.labels.consumergroup}');
export const itsStep = board('This step', 'waybill-sagas', 'var-step=${__field.labels.step}');

export const console = (title, path) => ({ title, url: CONSOLE + path });

/** @param query in TraceQL, in which duration is a span's and traceDuration the whole trace's; may name a dashboard's choices */
export function traces(title, query) {
  const pane = {
    t: {
      datasource: 'waybill-traces',
      queries: [{ refId: 'A', datasource: { type: 'tempo', uid: 'waybill-traces' }, queryType: 'traceql', query }],
      range: { from: 'now-1h', to: 'now' },
    },
  };
  // Grafana puts the choices in, and does not find them where they are encoded.
  const encoded = encodeURIComponent(JSON.stringify(pane)).replace(/%24%7B(\w+)%7D/g, '${$1}');
  return { title, url: `/explore?schemaVersion=1&panes=${encoded}` };
}

/** Above every dashboard. */
export const above = [
  { type: 'dashboards', title: 'Waybill', tags: ['waybill'], asDropdown: true, includeVars: true, keepTime: true },
  { type: 'link', icon: 'external link', title: 'Console', url: CONSOLE, targetBlank: true },
  { type: 'link', icon: 'external link', title: 'Slow traces', url: traces('', '{ traceDuration > 10s }').url },
];
