// Writes the settings that stand in ibid.toml too into package.json, from the server's schema: node settings.mjs [--check]

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const manifest = path.join(here, 'package.json');
const schema = JSON.parse(readFileSync(path.join(here, '../../docs/ibid.schema.json'), 'utf8'));

/** What only the command line reads, and what is written for some notes alone, has no setting. */
const without = ['check.fail-on', 'override', 'baseline'];

/** A setting that says nothing unless it is set: then the file holds. */
const setting = ({ description, ...shape }) => ({
  ...(shape.enum ? { enum: [...shape.enum, null] } : { ...shape, type: [shape.type, 'null'] }),
  default: null,
  markdownDescription: description ?? 'How loud each finding is, by its code.',
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
json.contributes.configuration[1] = { title: 'In the place of ibid.toml', properties };
const after = `${JSON.stringify(json, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (JSON.stringify(JSON.parse(before)) !== JSON.stringify(json)) {
    console.error('the settings in package.json are stale: run `npm run settings`');
    process.exit(1);
  }
} else {
  writeFileSync(manifest, after);
}
