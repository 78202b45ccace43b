/** The basket, answered by a worker close to the customer. */
export default {
  async fetch(request, env) {
    const headers = new Headers({ 'Content-Type': 'application/json' });
    headers.set('Access-Control-Allow-Origin', request.headers.get('Origin') ?? '*');
    headers.set('Access-Control-Allow-Credentials', 'true');
    headers.set('Vary', 'Origin');
    const basket = await env.BASKETS.get(request.headers.get('Cookie'));
    return new Response(basket, { headers });
  },
};
