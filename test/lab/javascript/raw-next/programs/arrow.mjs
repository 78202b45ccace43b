export const GET = async (request) => {
  const origin = request.headers.get('Origin');
  return new Response('ok', {
    headers: { 'Access-Control-Allow-Origin': origin === 'http://localhost:3000' ? origin : 'https://app.example.com', Vary: 'Origin' },
  });
};
