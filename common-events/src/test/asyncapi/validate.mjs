// Parses an AsyncAPI document with AsyncAPI's own parser, and fails for whatever it has to complain of, warnings included.
import { Parser, fromFile } from '@asyncapi/parser';

const file = process.argv[2];
const { document, diagnostics } = await fromFile(new Parser(), file).parse();
for (const { severity, path, message } of diagnostics) {
  console.error(`${['error', 'warning', 'information', 'hint'][severity]} at ${path.join('/') || 'the top'}: ${message}`);
}
if (!document || diagnostics.some(({ severity }) => severity <= 1)) {
  console.error(`${file} does not pass: mend what is said above`);
  process.exit(1);
}
const messages = document.allMessages().all();
console.log(`${file}: ${document.allChannels().all().length} channels, ${messages.length} messages, valid`);
