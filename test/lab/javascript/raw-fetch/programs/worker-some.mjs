const hosts = ['.example.com', '://localhost:3000'];

export default {
  async fetch(request) {
    const origin = request.headers.get('Origin') ?? '';
    const response = new Response('ok');
    if (hosts.some((host) => origin.endsWith(host))) {
      response.headers.set('Access-Control-Allow-Origin', origin);
      response.headers.append('Vary', 'Origin');
    }
    return response;
  },
};
