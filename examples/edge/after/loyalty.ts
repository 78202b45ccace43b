import { RPCHandler } from '@orpc/server/fetch';
import { CORSPlugin } from '@orpc/server/plugins';
import { router } from './loyalty-router';

const handler = new RPCHandler(router, {
  plugins: [new CORSPlugin({ origin: ['https://shop.example', 'https://www.shop.example'], credentials: true })],
});

export default {
  async fetch(request: Request): Promise<Response> {
    const { matched, response } = await handler.handle(request, { prefix: '/loyalty' });
    return matched ? response : new Response('Not found', { status: 404 });
  },
};
