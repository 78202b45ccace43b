# Serves a plug on loopback: the file, then the port. The last module of the file that is a plug answers.
defmodule Lab.Connection do
  @behaviour Plug.Conn.Adapter

  def send_resp({socket, method} = request, status, headers, body) do
    lines = for {name, value} <- headers, do: [name, ": ", value, "\r\n"]
    body = if status == 204 or method == :HEAD, do: "", else: IO.iodata_to_binary(body)
    length = "content-length: #{byte_size(body)}\r\nconnection: close\r\n\r\n"
    :gen_tcp.send(socket, ["HTTP/1.1 #{status} Status\r\n", lines, length, body])
    {:ok, nil, request}
  end

  def send_file(request, status, headers, _path, _offset, _length), do: send_resp(request, status, headers, "")
  def send_chunked(request, status, headers), do: send_resp(request, status, headers, "")
  def chunk(_request, _body), do: {:error, :closed}
  def read_req_body(request, _opts), do: {:ok, "", request}
  def push(_request, _path, _headers), do: {:error, :not_supported}
  def inform(_request, _status, _headers), do: {:error, :not_supported}
  def upgrade(_request, _protocol, _opts), do: {:error, :not_supported}
  def get_peer_data(_request), do: %{address: {127, 0, 0, 1}, port: 0, ssl_cert: nil}
  def get_http_protocol(_request), do: :"HTTP/1.1"

  def serve(socket, plug, opts) do
    {:ok, {:http_request, method, {:abs_path, path}, _version}} = :gen_tcp.recv(socket, 0)
    headers = headers(socket, [])
    [request_path | query] = String.split(path, "?", parts: 2)

    conn = %Plug.Conn{
      adapter: {__MODULE__, {socket, method}},
      host: "127.0.0.1",
      method: to_string(method),
      owner: self(),
      path_info: String.split(request_path, "/", trim: true),
      query_string: List.first(query) || "",
      remote_ip: {127, 0, 0, 1},
      req_headers: headers,
      request_path: request_path,
      scheme: :http
    }

    try do
      conn = plug.call(conn, opts)
      if conn.state in [:unset, :set], do: Plug.Conn.send_resp(%{conn | state: :set, resp_body: ""}, 404, "")
    rescue
      _ -> send_resp({socket, method}, 500, [], "")
    end

    :gen_tcp.close(socket)
  end

  defp headers(socket, found) do
    case :gen_tcp.recv(socket, 0) do
      {:ok, {:http_header, _, name, _, value}} ->
        headers(socket, [{name |> to_string() |> String.downcase(), to_string(value)} | found])

      {:ok, :http_eoh} ->
        :inet.setopts(socket, packet: :raw)
        Enum.reverse(found)
    end
  end

  def accept(listener, plug, opts) do
    {:ok, socket} = :gen_tcp.accept(listener)
    worker = spawn(fn -> receive(do: (:go -> serve(socket, plug, opts))) end)
    :gen_tcp.controlling_process(socket, worker)
    send(worker, :go)
    accept(listener, plug, opts)
  end
end

[file, port] = System.argv()
{:ok, _} = Application.ensure_all_started(:telemetry)
Code.compiler_options(ignore_module_conflict: true)
modules = for {module, _} <- Code.compile_file(file), function_exported?(module, :call, 2), do: module
plug = Enum.find(modules, List.last(modules), &(inspect(&1) =~ ~r/Endpoint$/))
options = [:binary, active: false, reuseaddr: true, packet: :http_bin, ip: {127, 0, 0, 1}, backlog: 50]
{:ok, listener} = :gen_tcp.listen(String.to_integer(port), options)
Lab.Connection.accept(listener, plug, plug.init([]))
