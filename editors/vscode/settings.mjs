// Writes the settings that ibid.toml also has into package.json, from the server's schema: node settings.mjs [--check]

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const manifest = path.join(here, 'package.json');
const schema = JSON.parse(readFileSync(path.join(here, '../../docs/ibid.schema.json'), 'utf8'));

/** Keys without a setting: those that only the command line reads, and those that apply to some notes only. */
const without = ['check.fail-on', 'override', 'baseline'];

/** A setting that is null by default, so that the file applies. */
const setting = ({ description, ...shape }) => ({
  ...(shape.enum ? { enum: [...shape.enum, null] } : { ...shape, type: [shape.type, 'null'] }),
  default: null,
  markdownDescription: description ?? 'The severity of each finding, by its code.',
});

const settings = {};
for (const [name, property] of Object.entries(schema.properties)) {
  if (property.type === 'object' && name !== 'severity') {
    for (const [inner, shape] of Object.entries(property.properties)) settings[`${name}.${inner}`] = setting(shape);
  } else {
    settings[name] = setting(property);
  }
}
for (const name of without) delete settings[name];
const properties = Object.fromEntries(Object.entries(settings).map(([name, shape]) => [`ibid.${name}`, shape]));

const before = readFileSync(manifest, 'utf8');
const json = JSON.parse(before);
json.contributes.configuration[1] = { title: 'Overrides of ibid.toml', properties };
const after = `${JSON.stringify(json, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (JSON.stringify(JSON.parse(before)) !== JSON.stringify(json)) {
    console.error('the settings in package.json are out of date: run `npm run settings`');
    process.exit(1);
  }
} else {
  writeFileSync(manifest, after);
}
