export default {
  async fetch(request) {
    const headers = new Headers();
    const origin = request.headers.get('origin') ?? '';
    if (/^https:\/\/([a-z]+\.)?app\.example\.com$/.test(origin)) headers.set('Access-Control-Allow-Origin', origin);
    headers.append('Vary', 'Origin');
    return new Response('ok', { headers });
  },
};
