/** A page of each kind of origin, and the frame in it that asks. */
import { cookie } from './cases.ts';

/** `sandbox` is a sandboxed frame, `data` a document of a `data:` URL in a frame: both have an opaque origin. */
export async function openPage(browser, name, origin, port) {
  const context = await browser.newContext();
  await context.addCookies([cookie]);
  const page = await context.newPage();
  const opaque = origin === 'null';
  await page.goto(`${opaque ? `http://frame.example:${port}` : origin}/page`);
  if (opaque) {
    await page.evaluate(
      (kind) =>
        new Promise((resolve) => {
          const element = document.createElement('iframe');
          const html = '<!doctype html><title>frame</title>';
          if (kind === 'data') element.src = `data:text/html,${encodeURIComponent(html)}`;
          else {
            element.sandbox = 'allow-scripts';
            element.srcdoc = html;
          }
          element.onload = resolve;
          document.body.append(element);
        }),
      name,
    );
  }
  const frame = opaque ? page.frames().find((candidate) => candidate !== page.mainFrame()) : page.mainFrame();
  const found = await frame.evaluate(() => self.origin);
  if (found !== origin) throw new Error(`The page ${name} has the origin ${found} instead of ${origin}.`);
  return { frame, close: () => context.close() };
}
