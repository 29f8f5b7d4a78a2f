import '../common/page.css';
import './pickerApp';

document.body.append(document.createElement('atelier-style-picker'));
