/** Hosts that mean something by themselves: shared hosting, tunnels, playgrounds. */
import { parse } from 'tldts';

/** Services that give a developer's machine a public name; the names change hands. */
const tunnelDomains = [
  'ngrok.io',
  'ngrok.app',
  'ngrok.dev',
  'ngrok-free.app',
  'ngrok-free.dev',
  'loca.lt',
  'localtunnel.me',
  'trycloudflare.com',
  'gitpod.io',
  'githubpreview.dev',
  'app.github.dev',
  'devtunnels.ms',
  'tunnelmole.net',
  'serveo.net',
  'lhr.life',
  'localhost.run',
  'pagekite.me',
  'bore.pub',
  'pinggy.link',
  'pinggy.io',
  'telebit.cloud',
  'expose.dev',
  'zrok.io',
];

/** Hosts on which anybody's code runs under this very origin. */
const sandboxHosts = [
  'codepen.io',
  'cdpn.io',
  's.codepen.io',
  'jsfiddle.net',
  'fiddle.jshell.net',
  'jsbin.com',
  'output.jsbin.com',
  'null.jsbin.com',
  'stackblitz.com',
  'codesandbox.io',
  'plnkr.co',
  'run.plnkr.co',
  'playcode.io',
  'jsitor.com',
  'stacksnippets.net',
  'liveweave.com',
  'www.w3schools.com',
  'scrimba.com',
];

/** Shared hosting that the Public Suffix List does not have, or has only in part. */
const sharedHosting = [
  'codesandbox.io',
  'csb.app',
  'stackblitz.io',
  'webcontainer.io',
  'codepen.dev',
  'jsbin.com',
  'surge.sh',
  'web.app',
  'firebaseapp.com',
  'herokuapp.com',
  'azurewebsites.net',
  'amplifyapp.com',
  'cloudfront.net',
  's3.amazonaws.com',
  'onrender.com',
  'fly.dev',
  'glitch.me',
  'repl.co',
  'replit.dev',
  'workers.dev',
  'pages.dev',
  'netlify.app',
  'vercel.app',
  'github.io',
  'gitlab.io',
];

/** Whether the host belongs to a tunnel service (ngrok, localtunnel, …). */
export function isTunnelHost(host: string): boolean {
  return isUnder(host, tunnelDomains);
}

/** Whether anybody can run code at exactly this host. */
export function isSandboxHost(host: string): boolean {
  return sandboxHosts.includes(host.toLowerCase());
}

/**
 * The suffix when anybody can get a name directly under this host (`com`, `co.uk`, `github.io`), else undefined. The
 * private section of the Public Suffix List counts.
 */
export function publicSuffixOf(host: string): string | undefined {
  const bare = host.toLowerCase().replace(/^(\*?\.)+|\.$/g, '');
  if (sharedHosting.includes(bare)) return bare;
  const parsed = parse(bare, { allowPrivateDomains: true, validateHostname: false });
  if (parsed.publicSuffix !== bare || parsed.isIp) return undefined;
  // `localhost` and `internal` are not on the list: the last label is only its default rule.
  return parsed.isIcann === true || parsed.isPrivate === true ? bare : undefined;
}

function isUnder(host: string, domains: readonly string[]): boolean {
  const bare = host.toLowerCase();
  return domains.some((domain) => bare === domain || bare.endsWith(`.${domain}`));
}
