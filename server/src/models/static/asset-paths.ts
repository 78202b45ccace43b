/** Paths and patterns of fonts, images and other public assets, which are meant for everybody. */

const endings = /\.\(?[^/\s]*\b(woff2?|ttf|otf|eot|png|jpe?g|gif|svg|webp|avif|ico|mp4|webm|mp3|ogg|css|m?js)\b/i;
const folders =
  /(^|[\s/^"])(fonts?|webfonts|images?|img|icons?|media|assets|static|dist|_next\/static|\.well-known)([/"$]|$)/i;

export function isAssetPath(path: string): boolean {
  return endings.test(path) || folders.test(path);
}
