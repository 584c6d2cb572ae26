// The web UI in a real browser, before the demo: sign in, search, open a title, play it, sign out.
//   GATEWAY=http://127.0.0.1:8080 node e2e/journey.mjs
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const gateway = process.env.GATEWAY;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
});
try {
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(30_000);
  const complaints = [];
  const foreign = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(gateway) && !/^(data|blob):/.test(url)) foreign.push(url);
  });

  await page.goto(gateway + '/');
  await page.getByLabel('Name').fill('demo');
  await page.getByLabel('Password', { exact: true }).fill('demo');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Recently added' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('sherlock');
  await page.getByText('1 title for “sherlock”').waitFor();
  await page.getByRole('link', { name: /Sherlock Jr\..*Movie · 1924/ }).click();

  await page.getByRole('heading', { name: 'Sherlock Jr.' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: /^(Play|Resume at .*)$/ }).click();
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1.5);
  await page.getByRole('button', { name: 'Back' }).click();

  await page.getByRole('heading', { name: 'Sherlock Jr.' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  assert.deepEqual(foreign, [], 'nothing is loaded from another host');
  assert.deepEqual(complaints, [], 'the browser has nothing to complain about');
  console.log('✓ the web UI signs in, finds, plays and signs out');
} finally {
  await browser.close();
}
