import { cors } from 'remix-utils/cors';

export default async function handle(request: Request) {
  return cors(request, Response.json([]), { origin: ['http://localhost:3000', /app\.example\.com$/] });
}
