// What TV apps and browsers need of the built files. Official TV apps read these three before they sign in, and refuse
// a server whose answer names a fork of Emby.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = 'dist/web';
const faults = [];
for (const file of ['index.html', 'manifest.json', 'strings/en-US.json']) {
  const text = readFileSync(join(root, file), 'utf8');
  if (/jellyf/i.test(text)) faults.push(`${file} names another product`);
}
const index = readFileSync(join(root, 'index.html'), 'utf8');
if (!/<base href="\/web\/" ?\/?>/.test(index)) faults.push('index.html has no <base href="/web/">');
if (/(?:src|href)="(?:https?:)?\/\//.test(index)) faults.push('index.html loads from another host');
for (const file of readdirSync(root, { recursive: true })) {
  const path = join(root, file);
  if (statSync(path).isFile() && /\.(css|js|json|html)$/.test(file)) {
    const text = readFileSync(path, 'utf8');
    if (/jellyf/i.test(text)) faults.push(`${file} names another product`);
    if (/url\(["']?https?:/.test(text) || /@import\s+["']https?:/.test(text)) {
      faults.push(`${file} loads from another host`);
    }
  }
}
faults.forEach((fault) => console.error(fault));
process.exit(faults.length ? 1 : 0);
