// Packs the extension with a binary inside: node package.mjs BINARY [TARGET] [OUT.vsix]

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const [binary, target = 'linux-x64', out = `ibid-${target}.vsix`] = process.argv.slice(2);
if (!binary) {
  console.error('usage: node package.mjs BINARY [TARGET] [OUT.vsix]');
  process.exit(2);
}

const here = import.meta.dirname;
const packed = path.join(here, 'server', 'bin', target.startsWith('win32') ? 'ibid.exe' : 'ibid');
mkdirSync(path.dirname(packed), { recursive: true });
copyFileSync(binary, packed);
chmodSync(packed, 0o755);
execFileSync(
  path.join(here, 'node_modules', '.bin', 'vsce'),
  ['package', '--no-dependencies', '--skip-license', '--allow-missing-repository', '--no-rewrite-relative-links',
    '--target', target, '--out', path.resolve(out)],
  { cwd: here, stdio: 'inherit' },
);
