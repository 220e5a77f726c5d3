namespace Munshi.Web;

/// <summary>The colours a person chose; <see cref="System"/> follows the device.</summary>
public enum Theme
{
    System,
    Light,
    Dark,
}
