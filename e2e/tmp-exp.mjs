import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { readdirSync, mkdtempSync } from 'node:fs';
const [, , mode, ns, ...extra] = process.argv;
const n = Number(ns);
const root = '/work/wt/browser/node_modules/.cache/bundled-chromium';
const cache = `${root}/${readdirSync(root)[0]}`;
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const env = { ...process.env, LD_LIBRARY_PATH: `${cache}/al2023/lib`, FONTCONFIG_FILE: `${cache}/fonts.conf` };
const child = spawn(process.execPath, ['/work/wt/browser/dist/server/main.js', '--port', '0', '--no-sign-in'], {
  env: { PATH: process.env.PATH, XDG_DATA_HOME: mkdtempSync('/tmp/br-d') },
  stdio: ['ignore', 'pipe', 'ignore'],
});
const address = await new Promise((r) =>
  child.stdout.on('data', (d) => {
    const m = /http:\/\/\S+/.exec(String(d));
    if (m) r(m[0]);
  }),
);
const t = process.cpuUsage();
const browser = await chromium.launch({ executablePath: `${cache}/chromium`, env, args: [...flags, ...extra] });
const opts = {
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
  colorScheme: 'light',
  baseURL: address,
};
const ctx = mode.startsWith('same') ? await browser.newContext(opts) : null;
const pg = mode === 'samepage' ? await ctx.newPage() : null;
for (let i = 0; i < n; i++) {
  const c = ctx ?? (await browser.newContext(opts));
  const page = pg ?? (await c.newPage());
  if (mode !== 'blank') {
    await page.goto('/clusters');
    await page.getByRole('link', { name: 'ci', exact: true }).waitFor();
  }
  if (!pg) await page.close();
  if (!ctx) await c.close();
}
const u = process.cpuUsage(t);
0 && console.error('node', ((u.user + u.system) / 1e6).toFixed(1));

import { readFileSync, readdirSync as rd } from 'node:fs';
const st = {};
for (const d of rd('/proc'))
  if (/^\d+$/.test(d))
    try {
      const x = readFileSync(`/proc/${d}/stat`, 'utf8');
      const c = x.slice(0, x.lastIndexOf(')')).split('(')[1];
      const f = x.slice(x.lastIndexOf(')') + 2).split(' ');
      st[d] = {
        pp: f[1],
        own: +f[11] + +f[12],
        kids: +f[13] + +f[14],
        cmd: readFileSync(`/proc/${d}/cmdline`, 'utf8').replaceAll('\0', ' '),
      };
    } catch {}
const mine = new Set([String(process.pid)]);
for (let ch = true; ch;) {
  ch = false;
  for (const [d, q] of Object.entries(st))
    if (!mine.has(d) && mine.has(q.pp)) {
      mine.add(d);
      ch = true;
    }
}
let tot = 0;
const by = {};
for (const d of mine) {
  const q = st[d];
  const k =
    /--type=(\S+)/.exec(q.cmd)?.[1] ??
    (q.cmd.includes('main.js') ? 'server' : q.cmd.includes('chromium') ? 'browser' : 'node');
  const v = q.own + q.kids;
  tot += v;
  by[k] = (by[k] ?? 0) + v;
}
console.error(mode, n, extra.join(' '), 'TOTAL', tot / 100, JSON.stringify(by));
await browser.close();
child.kill('SIGTERM');
await new Promise((r) => child.once('close', r));
