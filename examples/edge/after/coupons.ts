import { AutoRouter, cors } from 'itty-router';

const { preflight, corsify } = cors({ origin: /^https:\/\/shop\.example$/, maxAge: 3600 });
const router = AutoRouter({ before: [preflight], finally: [corsify] });

router.get('/coupons', () => []);
export default router;
