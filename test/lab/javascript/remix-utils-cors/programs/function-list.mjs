import { cors } from 'remix-utils/cors';

const trusted = ['https://app.example.com', 'http://localhost:3000'];
export async function loader({ request }) {
  const response = Response.json({ ok: true });
  return await cors(request, response, { origin: () => trusted, credentials: true });
}

export default { fetch: (request) => loader({ request }) };
