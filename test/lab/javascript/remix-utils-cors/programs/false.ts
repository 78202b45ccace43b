import { cors } from 'remix-utils/cors';

export default async function handle(request: Request) {
  return cors(request, Response.json([]), { origin: false });
}
