import NextCors from 'nextjs-cors';

async function handler(req: any, res: any) {
  await NextCors(req, res, { origin: '' });
  res.json({ ok: true });
}

export default handler;
