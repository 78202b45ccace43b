const trusted = new Set(['https://app.example.com', 'https://sub.app.example.com']);

export default {
  async fetch(request) {
    const origin = request.headers.get('Origin');
    return new Response('ok', {
      headers: {
        'Access-Control-Allow-Origin': trusted.has(origin) ? origin : 'https://app.example.com',
        Vary: 'Origin',
      },
    });
  },
};
