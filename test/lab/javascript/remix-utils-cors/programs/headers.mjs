import { cors } from 'remix-utils/cors';

export async function loader({ request }) {
  const response = Response.json({ ok: true });
  return await cors(request, response, { origin: 'https://app.example.com', methods: ['GET', 'PUT'], allowedHeaders: ['X-Test'], exposedHeaders: ['X-Total'], maxAge: 600 });
}

export default { fetch: (request) => loader({ request }) };
