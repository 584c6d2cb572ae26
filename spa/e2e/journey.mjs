// The web UI in a real browser, before the demo: sign in, search, open a title, play it, sign out.
//   GATEWAY=http://127.0.0.1:8080 node e2e/journey.mjs
import { inBrowser } from './browser.mjs';

await inBrowser(process.env.GATEWAY, async (page) => {
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
});
console.log('✓ the web UI signs in, finds, plays and signs out');
