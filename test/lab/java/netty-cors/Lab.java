package lab;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsHandler;
import java.lang.reflect.Method;
import java.nio.file.Path;

/** A server whose handler of CORS has what the program's `cors()` gives, with an answer for every path. */
public final class Lab {
    private Lab() {
    }

    public static void main(String[] arguments) throws Exception {
        Control.listen(arguments[0], Lab::start);
    }

    private static AutoCloseable start(int port, Path file) throws Exception {
        CorsConfig config = configOf(file);
        EventLoopGroup group = new NioEventLoopGroup(1);
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    channel.pipeline()
                        .addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536), new CorsHandler(config), new Answer());
                }
            })
            .bind("127.0.0.1", port)
            .sync();
        return group::shutdownGracefully;
    }

    private static CorsConfig configOf(Path file) throws Exception {
        for (Class<?> one : Programs.load(file)) {
            for (Method method : one.getDeclaredMethods()) {
                if (method.getName().equals("cors")) return (CorsConfig) method.invoke(null);
            }
        }
        throw new IllegalArgumentException("No class has a cors().");
    }

    private static final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            context.writeAndFlush(response);
        }
    }
}
