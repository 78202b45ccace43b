/** Which requests a handler in Python answers, and what answers its preflights. */
import type { PreflightSigns, WaysOfAnswering } from '../../../models/handlers/handler-language.ts';

export const answers: WaysOfAnswering = {
  route: () => undefined,
  statuses: {
    pattern:
      /\b(?:send_response|set_status|abort)\s*\(\s*\d{3}\b|\bstatus(?:_code|Code)?["']?\s*[:=]\s*\d{3}\b|,\s*\d{3}\b/,
  },
  isLostOnError: () => false,
};

export const preflights: PreflightSigns = {
  readsJson: [{ body: /\brequest\.(get_json\(|json\b)|json\.loads\(/ }],
  routed: /@\w+\.(put|patch|delete)\s*\(/,
  answered: /['"]OPTIONS['"]|\bdo_OPTIONS\b|\bdef\s+options\b|\bCORS\(|\bCORSMiddleware\b|\bcorsheaders\b/,
};
