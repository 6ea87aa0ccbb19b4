// All dashboards: what each shows, and how it is meant, stands in boards/. generate.mjs makes of it what Grafana reads.
import { business } from './boards/business.mjs';
import { lag } from './boards/lag.mjs';
import { outbox } from './boards/outbox.mjs';
import { platform } from './boards/platform.mjs';
import { sagas } from './boards/sagas.mjs';
import { service } from './boards/service.mjs';
import { dashboard } from './grafana.mjs';
import { above } from './links.mjs';

export const all = [platform, lag, sagas, outbox, service, business].map((of) => dashboard({ links: above, ...of }));
