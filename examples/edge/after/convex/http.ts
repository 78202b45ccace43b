import { httpRouter } from 'convex/server';
import { corsRouter } from 'convex-helpers/server/cors';
import { votes } from './votes';

const http = httpRouter();
const cors = corsRouter(http, { allowedOrigins: ['https://shop.example'], allowCredentials: true });
cors.route({ path: '/votes', method: 'POST', handler: votes });
export default http;
