defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(conn, _opts) do
    case get_req_header(conn, "origin") do
      ["https://app.example.com" = origin] ->
        conn |> put_resp_header("access-control-allow-origin", origin) |> send_resp(200, "ok")

      _ ->
        send_resp(conn, 200, "ok")
    end
  end
end
