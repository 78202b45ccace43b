export default {
  async fetch(request: Request) {
    const headers: Record<string, string> = { 'Access-Control-Allow-Origin': 'https://app.example.com', 'Access-Control-Expose-Headers': 'x-total' };
    return new Response('ok', { headers });
  },
};
