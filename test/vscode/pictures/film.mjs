/** Screenshots of a page, cut to what matters, and rows of them as a moving picture. */
import fs from 'node:fs';
import sharp from 'sharp';

/** What a still picture may have: an editor has few colours. */
const stillColours = 96;
/** All frames of a moving picture share them. */
const movingColours = 64;
const captionHeight = 54;

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Area in pixels of the page
 */

/**
 * Writes what stands in the area as a PNG of few colours.
 * @param {import('playwright-core').Page} page
 * @param {{ file: string, area: Area }} still
 */
export async function takeStill(page, { file, area }) {
  // What opens fades in, and what closes fades out.
  await page.waitForTimeout(400);
  const shot = await page.screenshot({ clip: area });
  await sharp(shot).png({ palette: true, colours: stillColours, effort: 10, dither: 0 }).toFile(file);
}

/**
 * A moving picture that is written frame by frame.
 * @param {import('playwright-core').Page} page
 * @param {Area} area
 */
export function filmOf(page, area) {
  const frames = [];
  let caption = '';
  return {
    /** What stands below the window from now on. */
    say(text) {
      caption = text;
    },
    /** One frame that stays for so many milliseconds. */
    async frame(milliseconds) {
      frames.push({ shot: await page.screenshot({ clip: area }), caption, milliseconds });
    },
    /** Joins the frames; it begins anew at the end. Returns how many bytes it has. */
    async write(file) {
      const pictures = await Promise.all(frames.map((frame) => withCaption(frame)));
      await sharp(pictures, { join: { animated: true } })
        .gif({
          delay: frames.map(({ milliseconds }) => milliseconds),
          loop: 0,
          colours: movingColours,
          dither: 0,
          effort: 10,
          interFrameMaxError: 0,
          keepDuplicateFrames: false,
        })
        .toFile(file);
      return fs.statSync(file).size;
    },
  };
}

async function withCaption({ shot, caption }) {
  const { width, height } = await sharp(shot).metadata();
  return sharp(shot)
    .extend({ bottom: captionHeight, background: '#0b3a5e' })
    .composite([{ input: captionPicture(caption, width), top: height, left: 0 }])
    .png()
    .toBuffer();
}

function captionPicture(text, width) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${captionHeight}">` +
      `<text x="${width / 2}" y="36" font-family="DejaVu Sans, sans-serif" font-size="25" text-anchor="middle" fill="#ffffff">` +
      `${escaped}</text></svg>`,
  );
}
