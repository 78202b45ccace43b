defmodule Shop.Endpoint do
  import Plug.Conn

  @origins ["https://app.example.com", "https://b.example.com"]

  def init(opts), do: opts

  def call(conn, _opts) do
    conn = put_resp_header(conn, "vary", "Origin")

    conn =
      case get_req_header(conn, "origin") do
        [origin] when origin in @origins -> put_resp_header(conn, "access-control-allow-origin", origin)
        _ -> conn
      end

    send_resp(conn, 200, "ok")
  end
end
