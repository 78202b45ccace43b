package com.example.shop.gateway;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.cors.CorsConfig;
import io.netty.handler.codec.http.cors.CorsConfigBuilder;
import io.netty.handler.codec.http.cors.CorsHandler;

/** What stands in front of the shop's services. */
public class Gateway extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
        // Beside credentials, any origin is the caller's own.
        CorsConfig cors = CorsConfigBuilder.forAnyOrigin().allowNullOrigin().allowCredentials().build();
        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(65_536), new CorsHandler(cors));
    }
}
