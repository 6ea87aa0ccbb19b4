// Writes dashboards/, which Grafana reads and nobody edits, from boards/; with --check it writes nothing, and fails where the two differ.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { all } from './dashboards.mjs';

const directory = new URL('dashboards/', import.meta.url);
const checking = process.argv.includes('--check');
const wanted = new Map(all.map((dashboard) => [`${dashboard.uid}.json`, `${JSON.stringify(dashboard, null, 2)}\n`]));
const differing = [...wanted].filter(([name, text]) => {
  const file = new URL(name, directory);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
});
const left = readdirSync(directory).filter((name) => !wanted.has(name));

if (checking && differing.length + left.length > 0) {
  console.error(`Not what boards/ gives: ${[...differing.map(([name]) => name), ...left].join(', ')}`);
  console.error('Run: node observability/grafana/generate.mjs');
  process.exit(1);
}
if (!checking) {
  differing.forEach(([name, text]) => writeFileSync(new URL(name, directory), text));
}
console.log(`${wanted.size} dashboards, ${checking ? 'as boards/ gives them' : `${differing.length} written`}`);
