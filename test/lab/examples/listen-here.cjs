/** Loaded before an example, which names a port of its own: it listens on the lab's, on loopback only. */
const net = require('node:net');

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...given) {
  const heard = given.findLast((one) => typeof one === 'function');
  return listen.call(this, { port: Number(process.env.PORT), host: '127.0.0.1' }, ...(heard ? [heard] : []));
};
