export default {
  fetch(request) {
    const headers = { 'Access-Control-Allow-Origin': 'https://app.example.com' };
    if (request.url.endsWith('/fails')) throw new Error('out of order');
    return new Response('ok', { headers });
  },
};
