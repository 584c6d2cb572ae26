import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/**
 * Opens the gateway in Chromium for `act`. Fails too when the page loads from another host or the browser complains of
 * anything but what is `expected`.
 */
export async function inBrowser(gateway, act, expected = /(?!)/) {
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
    page.setDefaultTimeout(60_000);
    const complaints = [];
    const foreign = [];
    page.on(
      'console',
      (message) =>
        message.type() === 'error' &&
        !expected.test(message.text()) &&
        complaints.push(`${message.text()} ${message.location().url}`),
    );
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(gateway) && !/^(data|blob):/.test(url)) foreign.push(url);
    });

    await page.goto(gateway + '/');
    await act(page);

    assert.deepEqual(foreign, [], 'nothing is loaded from another host');
    assert.deepEqual(complaints, [], 'the browser has nothing to complain about');
  } finally {
    await browser.close();
  }
}
