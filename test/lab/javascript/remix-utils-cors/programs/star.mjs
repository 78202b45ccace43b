import { cors } from 'remix-utils/cors';

export async function loader({ request }) {
  const response = Response.json({ ok: true });
  return await cors(request, response, { origin: '*' });
}

export default { fetch: (request) => loader({ request }) };
