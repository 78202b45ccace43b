import { cors } from 'remix-utils/cors';

const trusted = ['https://app.example.com', 'http://localhost:3000'];
export default async function handle(request: Request) {
  return cors(request, Response.json([]), {
    origin(origin) {
      if (trusted.includes(origin)) return true;
    },
  });
}
