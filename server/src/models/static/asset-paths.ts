/** Paths and patterns of fonts, images and other public assets, which are meant for everybody. */

const endings =
  /\.\(?[^/\s]*\b(woff2?|ttf|otf|eot|png|jpe?g|gif|svg|webp|avif|ico|mp4|webm|mp3|ogg|css|m?js|md|jsonld)\b/i;
const fileNames = [
  '(robots|humans|ads|llms|llms-full)\\.txt',
  'sitemap[^/\\s]*\\.xml|(opensearch|browserconfig)\\.xml',
  '(site|manifest)\\.webmanifest|(asset-)?manifest\\.json',
  '(openapi|swagger)\\.(json|ya?ml)|(jwks|assetlinks)\\.json|security\\.txt|apple-app-site-association',
].join('|');
const files = new RegExp(`(^|[/^"])(${fileNames})([/"$]|$)`, 'i');
const folderNames = [
  '([\\w-]+-)?(fonts?|webfonts|images?|img|icons?|logos?|backgrounds|videos?|audio)',
  '(media|assets|static|dist|js|css|favicons?|thumbnails|illustrations)',
  '(_next/(static|image)|_nuxt|_astro|\\.well-known)',
].join('|');
const folders = new RegExp(`(^|[\\s/^"])(${folderNames})([/"$*]|$)`, 'i');
/** `(images|fonts)`, `{images,fonts}` */
const choice = /\((?:\?:)?([\w-]+(?:\|[\w-]+)+)\)|\{([\w-]+(?:,[\w-]+)+)\}/;
const programs = /(^|\/)(api|graphql|v\d+)(\/|$)/i;

/** Whether everything at this path, or at all paths of this pattern, is for everybody. */
export function isAssetPath(path: string): boolean {
  if (endings.test(path) || files.test(path)) return true;
  const choices = choice.exec(path);
  const members = choices?.[1]?.split('|') ?? choices?.[2]?.split(',');
  if (choices && members)
    return members.every((member) =>
      isAssetPath(path.slice(0, choices.index) + member + path.slice(choices.index + choices[0].length)),
    );
  return folders.test(path) && !programs.test(path);
}
