using System.Text.Json;
using Microsoft.Playwright;

namespace Munshi.Browser.Tests;

/// <summary>Compares pictures inside the browser, which decodes and scales them.</summary>
internal static class LookComparer
{
    private const string Compare =
        """
        async ([now, then]) => {
          const open = async text => { const image = new Image(); image.src = `data:image/png;base64,${text}`; await image.decode(); return image; };
          const draw = (image, scale) => {
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [Math.round(image.width / scale), Math.round(image.height / scale)];
            const pen = canvas.getContext("2d", { willReadFrequently: true });
            pen.imageSmoothingQuality = "high";
            pen.drawImage(image, 0, 0, canvas.width, canvas.height);
            return [canvas, pen.getImageData(0, 0, canvas.width, canvas.height)];
          };
          const [canvas, seen] = draw(await open(now), 4);
          const picture = [...atob(canvas.toDataURL("image/png").split(",")[1])].map(c => c.charCodeAt(0).toString(16).padStart(2, "0")).join("");
          if (!then) return { picture, share: 1, worst: 255 };
          const [, known] = draw(await open(then), 1);
          if (seen.width !== known.width || seen.height !== known.height) return { picture, share: 1, worst: 255 };
          const across = Math.ceil(seen.width / 8);
          const sums = new Float64Array(across * Math.ceil(seen.height / 8));
          let far = 0;
          for (let i = 0; i < seen.data.length; i += 4) {
            const point = i / 4;
            const [a, b, c] = [0, 1, 2].map(k => Math.abs(seen.data[i + k] - known.data[i + k]));
            if (Math.max(a, b, c) > 40) far++;
            sums[Math.floor(Math.floor(point / seen.width) / 8) * across + Math.floor((point % seen.width) / 8)] += (a + b + c) / 3 / 64;
          }
          return { picture, share: far / (seen.data.length / 4), worst: Math.max(...sums) };
        }
        """;

    /// <param name="page">Any page without a policy.</param>
    /// <param name="now">A screenshot, PNG.</param>
    /// <param name="then">The baseline, a quarter as large; null when there is none.</param>
    public static async Task<LookDifference> CompareAsync(IPage page, byte[] now, byte[]? then)
    {
        JsonElement found = await page.EvaluateAsync(
            Compare, new object?[] { Convert.ToBase64String(now), then is null ? null : Convert.ToBase64String(then) })
            ?? throw new InvalidOperationException("The comparison gave nothing.");
        return new LookDifference(
            found.GetProperty("picture").GetString()!, found.GetProperty("share").GetDouble(), found.GetProperty("worst").GetDouble());
    }
}
