const pages = ['https://shop.example', 'https://www.shop.example'];

/** The basket, answered by a worker close to the customer. */
export default {
  async fetch(request, env) {
    const headers = new Headers({ 'Content-Type': 'application/json' });
    const origin = request.headers.get('Origin');
    headers.set('Vary', 'Origin');
    if (pages.includes(origin)) {
      headers.set('Access-Control-Allow-Origin', origin);
      headers.set('Access-Control-Allow-Credentials', 'true');
    }
    const basket = await env.BASKETS.get(request.headers.get('Cookie'));
    return new Response(basket, { headers });
  },
};
